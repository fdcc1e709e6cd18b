// Local: the list of standard objects.

import type { ObjectDef } from '../schema/types.ts';
import { activities } from './activities.ts';
import { customers } from './customers.ts';
import { deals } from './deals.ts';
import { people } from './people.ts';

/** The standard objects this org has, with the fields that we use of them. */
export const standardObjects = (): ObjectDef[] => [...customers(), ...deals(), ...activities(), ...people()];
