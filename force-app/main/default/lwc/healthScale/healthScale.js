import { LightningElement, api } from 'lwc';

/** A bar from 0 to 100 with the bounds of the tiers, the earlier score as a hollow dot and the range hatched. */
export default class HealthScale extends LightningElement {
  /** @type {{ aria: string, fill: string, dot: string, earlier: string, band: string, ticks: { from: number, label: string, at: string }[] } | undefined} */
  @api scale;
}
