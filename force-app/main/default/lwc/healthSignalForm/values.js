/** Values of the global value sets Churn Signal …; a test compares them with the metadata. */
export const SEVERITIES = ['Critical', 'Moderate', 'Watch'];
export const CONFIDENCES = ['Suspected', 'Confirmed'];
export const CATEGORIES = [
  'Executive sponsor left',
  'Competitor evaluation',
  'Contract dispute',
  'Budget cut',
  'Outage',
  'Feature gap',
  'Low adoption',
  'Reorganisation',
  'Merger or sale',
  'Notice given',
  'Other',
];
export const OUTCOMES = ['Solved', 'False alarm', 'No longer relevant', 'Customer left'];
