/** What people read while a refresh goes on, in their own language. */
import begins from '@salesforce/label/c.Health_Progress_Begins';
import beginsText from '@salesforce/label/c.Health_Progress_Begins_Text';
import busy from '@salesforce/label/c.Health_Progress_Busy';
import busyCount from '@salesforce/label/c.Health_Progress_Busy_Count';
import busyReading from '@salesforce/label/c.Health_Progress_Busy_Reading';
import busyUnreadable from '@salesforce/label/c.Health_Progress_Busy_Unreadable';
import degraded from '@salesforce/label/c.Health_Progress_Degraded';
import degradedText from '@salesforce/label/c.Health_Progress_Degraded_Text';
import ended from '@salesforce/label/c.Health_Progress_Ended';
import endedText from '@salesforce/label/c.Health_Progress_Ended_Text';
import failed from '@salesforce/label/c.Health_Progress_Failed';
import failedText from '@salesforce/label/c.Health_Progress_Failed_Text';
import finished from '@salesforce/label/c.Health_Progress_Finished';
import finishedText from '@salesforce/label/c.Health_Progress_Finished_Text';
import gaveUp from '@salesforce/label/c.Health_Progress_Gave_Up';
import gaveUpText from '@salesforce/label/c.Health_Progress_Gave_Up_Text';
import held from '@salesforce/label/c.Health_Progress_Held';
import heldText from '@salesforce/label/c.Health_Progress_Held_Text';
import iconBad from '@salesforce/label/c.Health_Progress_Icon_Bad';
import iconBusy from '@salesforce/label/c.Health_Progress_Icon_Busy';
import iconGood from '@salesforce/label/c.Health_Progress_Icon_Good';
import iconWarning from '@salesforce/label/c.Health_Progress_Icon_Warning';

export const TEXTS = {
  begins,
  beginsText,
  busy,
  busyCount,
  busyReading,
  busyUnreadable,
  degraded,
  degradedText,
  ended,
  endedText,
  failed,
  failedText,
  finished,
  finishedText,
  gaveUp,
  gaveUpText,
  held,
  heldText,
  iconBad,
  iconBusy,
  iconGood,
  iconWarning,
};
