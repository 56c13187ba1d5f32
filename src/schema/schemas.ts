import type { WorkspaceFiles } from '../domain/workspace.js';
import { customersSchema, eventsSchema, expressionsSchema, occasionsSchema } from './catalogue.js';
import { casesSchema } from './cases.js';
import { journeySchema } from './journey.js';
import { policySchema } from './policy.js';
import type { Schema } from './schema.js';
import { vocabularyOf } from './vocabulary.js';

/** The JSON Schemas for editors, by the name of their file, with this workspace's own words. */
export function schemasOf(files: WorkspaceFiles): ReadonlyMap<string, Schema> {
  const vocabulary = vocabularyOf(files);
  return new Map([
    ['journey.schema.json', journeySchema(vocabulary)],
    ['policy.schema.json', policySchema(vocabulary)],
    ['events.schema.json', eventsSchema()],
    ['customers.schema.json', customersSchema()],
    ['audiences.schema.json', expressionsSchema('audiences.yaml', 'Those customers of whom a condition is true.')],
    ['occasions.schema.json', occasionsSchema()],
    ['scores.schema.json', expressionsSchema('scores.yaml', 'A number for each customer.')],
    ['cases.schema.json', casesSchema(vocabulary)],
  ]);
}
