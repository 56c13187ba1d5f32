import { Controller, Get, Inject, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CheckedPatch } from '../../domain/catalogue/customer-patch.js';
import { consentWarnings } from '../../domain/policy/unknown-purposes.js';
import { printInstant } from '../../domain/time/instant.js';
import { DATABASE, type Database } from '../../store/connection.js';
import { findCustomer } from '../../store/customers/find-customer.sql.js';
import { putCustomer, type PutResult } from '../../store/customers/put-customer.js';
import { rootOf } from '../../store/merging/root-of.js';
import { timeline } from '../../store/reading/timeline.sql.js';
import { ApiError, apiError } from './api-error.js';
import { jsonOf } from './body.js';
import { errors, profile, putAnswer, timelineAnswer } from './openapi-schemas.js';
import { API_WORKSPACE, type ApiWorkspace } from './ports.js';
import { readQuery, wholeNumber } from './query.js';
import { cursorParameter, newest, printCursor, timelineItem, type TimelineItem } from './timeline.js';

interface PutAnswer extends PutResult {
  /** Of attributes that neither the language nor customers.yaml knows, and of purposes that policy.yaml does not; left out where there are none. */
  readonly warnings?: readonly string[];
}

const customerExpected = 'a customer, such as {"name": "سارا", "phone": "09121234567"}';

interface TimelineAnswer {
  readonly customer: { readonly id: string; readonly created_at: string };
  readonly items: readonly TimelineItem[];
  readonly next: string | null;
}

const timelineParameters = { limit: wholeNumber(1, 500), before: cursorParameter };

@ApiTags('customers')
@ApiParam({ name: 'id', description: "The customer's id, the `subject` of events", example: 'customer-1' })
@Controller('v1/customers')
export class CustomersController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(API_WORKSPACE) private readonly workspace: ApiWorkspace,
  ) {}

  @Put(':id')
  @ApiOperation({
    summary: 'Set what is known of a customer',
    description:
      'Replaces the attributes: one that is left out or null is forgotten. Consent to a purpose that is not spoken of is kept, and so is all of it where `consent` itself is left out or null. Null for a purpose makes it unknown again, neither given nor withdrawn: what is queued and needs it does not leave. A channel that the customer closed stays closed. An attribute that neither the language nor customers.yaml knows is kept, and named in `warnings`; so is consent to a purpose that policy.yaml does not declare. To change single attributes, send a `customer.updated` event.',
  })
  @ApiBody({ schema: profile })
  @ApiResponse({ status: 200, description: 'The customer was known', schema: putAnswer })
  @ApiResponse({ status: 201, description: 'The customer is new', schema: putAnswer })
  @ApiResponse({ status: 400, description: 'An attribute does not fit', schema: errors })
  async put(
    @Param('id') given: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PutAnswer> {
    const { patch, ...checked } = this.#profileOf(request);
    const warnings = [...checked.warnings, ...consentWarnings(patch['consent'], this.workspace.policy.purposes)];
    const result = await putCustomer(this.database, checkedId(given), patch);
    reply.status(result.created ? 201 : 200);
    return { ...result, ...(warnings.length > 0 && { warnings }) };
  }

  @Get(':id/timeline')
  @ApiOperation({ summary: 'Everything about a customer on one line, newest first; addresses masked' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 } })
  @ApiQuery({
    name: 'before',
    required: false,
    description: 'The `next` of the page before',
    schema: { type: 'string' },
  })
  @ApiResponse({ status: 200, schema: timelineAnswer })
  @ApiResponse({ status: 404, description: 'There is no such customer', schema: errors })
  async timeline(@Param('id') given: string, @Query() query: unknown): Promise<TimelineAnswer> {
    const id = await rootOf(this.database, checkedId(given));
    const { limit = 50, before = newest } = readQuery(query, timelineParameters);
    const [customer] = await this.database.run(findCustomer, [id]);
    if (customer === undefined)
      throw apiError(404, 'id', `there is no customer "${id}"; the first event or PUT makes one`);
    const rows = await this.database.run(timeline, [id, before.at, before.rank, before.ref, limit + 1]);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      customer: { id, created_at: printInstant(customer.created_at) },
      items: page.map(timelineItem),
      next: last === undefined ? null : printCursor(last),
    };
  }

  #profileOf(request: FastifyRequest): CheckedPatch {
    const checked = this.workspace.catalogue.checkCustomer(jsonOf(request, customerExpected));
    if (checked.problems.length > 0) throw new ApiError(400, checked.problems);
    return checked;
  }
}

/** The same bounds as an event's subject. */
function checkedId(id: string): string {
  if (id !== '' && id.length <= 256 && !/[\p{Cc}\p{Surrogate}]/u.test(id)) return id;
  throw apiError(400, 'id', 'has to be 1 to 256 characters without control characters');
}
