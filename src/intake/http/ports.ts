import type { CheckCustomer } from '../../domain/catalogue/customer-patch.js';
import type { Journey } from '../../domain/journey/journey.js';
import type { EventRules } from '../validate-event.js';

export type JourneySummary = Pick<Journey, 'name' | 'title' | 'purpose' | 'version' | 'draft'>;

/** What the API needs to know of the loaded files. */
export interface ApiWorkspace {
  readonly catalogue: EventRules & { readonly checkCustomer: CheckCustomer };
  readonly journeys: Iterable<JourneySummary>;
  readonly policy: { readonly purposes: ReadonlyMap<string, unknown> };
}
export const API_WORKSPACE = Symbol('ApiWorkspace');
