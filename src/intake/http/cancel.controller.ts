import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SendingControl, type Selection } from '../../ops/sending-control.js';
import { ApiError, apiError } from './api-error.js';
import { jsonOf } from './body.js';
import { cancelAnswer, cancelSelection, errors } from './openapi-schemas.js';
import { wholeNumber } from './query.js';
import { readNames } from './sending-answer.js';

interface CancelAnswer {
  readonly withdrawn: number;
  readonly under_way: number;
}

const names = ['message', 'journey', 'customer', 'channel', 'purpose', 'template'] as const;

@ApiTags('messages')
@Controller('v1/messages')
export class CancelController {
  constructor(@Inject(SendingControl) private readonly control: SendingControl) {}

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw queued messages: those that fit all that is given' })
  @ApiBody({ schema: cancelSelection })
  @ApiResponse({ status: 200, schema: cancelAnswer })
  @ApiResponse({ status: 400, description: 'A name is not known', schema: errors })
  @ApiResponse({ status: 404, description: 'There is no such customer or message', schema: errors })
  @ApiResponse({ status: 409, description: 'The message is settled, or fits not all that is given', schema: errors })
  async cancelSome(@Req() request: FastifyRequest): Promise<CancelAnswer> {
    const { message, ...rest } = readNames(jsonOf(request, 'which messages, such as {"customer": "c1"}'), names);
    return this.#cancel(message === undefined ? rest : { ...rest, message: idOf(message) });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw one queued message' })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiResponse({ status: 200, schema: cancelAnswer })
  @ApiResponse({ status: 404, description: 'There is no such message', schema: errors })
  @ApiResponse({ status: 409, description: 'It has been sent, or is settled otherwise', schema: errors })
  cancelOne(@Param('id') id: string): Promise<CancelAnswer> {
    return this.#cancel({ message: idOf(id) });
  }

  async #cancel(selection: Selection): Promise<CancelAnswer> {
    const outcome = await this.control.cancel(selection);
    switch (outcome.kind) {
      case 'done':
        return { withdrawn: outcome.withdrawn, under_way: outcome.underWay };
      case 'unknown':
        throw new ApiError(400, outcome.problems);
      case 'not_found':
        throw apiError(404, 'message', 'there is no such message');
      case 'nobody':
        throw apiError(404, 'customer', outcome.message);
      case 'other':
        throw apiError(409, 'message', 'is none of those that the other names are of');
      case 'closed':
        throw apiError(409, 'message', `is ${outcome.state}, and not queued any more`);
    }
  }
}

const id = wholeNumber(1, Number.MAX_SAFE_INTEGER);

function idOf(text: string): number {
  const number = id.read(text);
  if (number === undefined) throw apiError(400, 'message', `is "${text}"; expected the id of a message`);
  return number;
}
