import { list, object, orNull, string, type Schema } from './openapi-schemas.js';

const instant: Schema = { ...string, format: 'date-time' };

export const taskAnswer: Schema = object({
  id: string,
  customer: string,
  state: { ...string, enum: ['open', 'taken', 'done', 'withdrawn'] },
  title: string,
  assign_to: orNull(string),
  due: orNull(instant),
  results: { ...list(string), description: 'What may come of it; empty: anything' },
  taken_by: orNull(string),
  taken_at: orNull(instant),
  result: orNull(string),
  done_at: orNull(instant),
  journey: string,
  key: orNull(string),
  step: string,
  opened_at: instant,
});

export const tasksAnswer: Schema = object({ tasks: list(taskAnswer) });

export const takeBody: Schema = { ...object({ by: string }), additionalProperties: false, example: { by: 'sara' } };

export const doneBody: Schema = {
  ...object({ result: string, by: { ...string, description: 'Who has done it' } }, ['result']),
  additionalProperties: false,
  example: { result: 'solved', by: 'sara' },
};
