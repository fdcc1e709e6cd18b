// Local: the list of standard objects.

import type { ObjectDef } from '../schema/types.ts';
import { accounts } from './accounts.ts';
import { activities } from './activities.ts';
import { deals } from './deals.ts';
import { people } from './people.ts';

/** The standard objects this org has, with the fields that are described of them. */
export const standardObjects = (): ObjectDef[] => [...accounts(), ...deals(), ...activities(), ...people()];
