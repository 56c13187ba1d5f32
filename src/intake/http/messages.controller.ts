import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { printInstant } from '../../domain/time/instant.js';
import { maskText } from '../../ops/mask.js';
import { DATABASE, type Database } from '../../store/connection.js';
import type { MessageRow } from '../../store/reading/message-row.js';
import { rootOf } from '../../store/merging/root-of.js';
import { messagesOfCustomer } from '../../store/reading/messages-of-customer.sql.js';
import { newestMessages } from '../../store/reading/newest-messages.sql.js';
import { errors, messagesAnswer } from './openapi-schemas.js';
import { oneOf, readQuery, text, wholeNumber } from './query.js';

const states = [
  'queued',
  'deferred',
  'sending',
  'retrying',
  'in_doubt',
  'sent',
  'failed',
  'suppressed',
  'withdrawn',
] as const;

const parameters = {
  customer: text,
  state: oneOf(states),
  journey: text,
  limit: wholeNumber(1, 500),
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER),
};

@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get()
  @ApiOperation({ summary: 'Messages, newest first; addresses masked' })
  @ApiQuery({ name: 'customer', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'state', required: false, schema: { type: 'string', enum: [...states] } })
  @ApiQuery({ name: 'journey', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 } })
  @ApiQuery({
    name: 'before',
    required: false,
    description: 'The `next` of the page before',
    schema: { type: 'string' },
  })
  @ApiResponse({ status: 200, schema: messagesAnswer })
  @ApiResponse({ status: 400, description: 'A parameter is unknown or does not fit', schema: errors })
  async list(@Query() query: unknown) {
    const { customer, state, journey, limit = 50, before } = readQuery(query, parameters);
    const values = [state, journey, before ?? Number.MAX_SAFE_INTEGER, limit + 1];
    const rows = await (customer === undefined
      ? this.database.run(newestMessages, values)
      : this.database.run(messagesOfCustomer, [...values, await rootOf(this.database, customer)]));
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return { messages: page.map(item), next: last === undefined ? null : String(last.id) };
  }
}

/** Ids are texts, as JSON readers may not keep 2^53 apart. */
function item({ id, customer_id, address, created_at, settled_at, receipt_at, ...rest }: MessageRow) {
  return {
    id: String(id),
    customer: customer_id,
    ...rest,
    address: maskText(address),
    created_at: printInstant(created_at),
    settled_at: settled_at === null ? null : printInstant(settled_at),
    receipt_at: receipt_at === null ? null : printInstant(receipt_at),
  };
}
