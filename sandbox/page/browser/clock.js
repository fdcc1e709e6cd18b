import { pageData } from './page-data.js';

/** The sandbox has a time of its own; in this page `now` is that time and runs on from there. */
const ahead = Date.parse(pageData.now) - Date.now();
const RealDate = Date;

class SandboxDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }

  static now() {
    return RealDate.now() + ahead;
  }
}
globalThis.Date = SandboxDate;
