const FIRST = [
  'Amber',
  'Birch',
  'Cedar',
  'Delta',
  'Ember',
  'Fjord',
  'Garnet',
  'Harbour',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lagoon',
  'Meadow',
  'Nimbus',
  'Opal',
  'Pebble',
  'Quartz',
  'Ripple',
  'Saffron',
  'Tundra',
];
const SECOND = ['Hotels', 'Lodges', 'Resorts', 'Inns', 'Suites', 'Hostels', 'Retreats', 'Residences'];

/**
 * The name of a fictional company, never the same twice.
 *
 * @example companyName(0) // => 'Amber Hotels (fictional)'
 */
export function companyName(index: number): string {
  const first = FIRST[index % FIRST.length] ?? '';
  const second = SECOND[Math.floor(index / FIRST.length) % SECOND.length] ?? '';
  const round = Math.floor(index / (FIRST.length * SECOND.length));
  return `${first} ${second}${round === 0 ? '' : ` ${round + 1}`} (fictional)`;
}
