import { Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { messengers } from '../../channels/chat-begin.js';
import { whyNoId } from '../../domain/merging/merge-faults.js';
import { printInstant } from '../../domain/time/instant.js';
import { apiError } from '../../intake/http/api-error.js';
import { jsonOf } from '../../intake/http/body.js';
import { errors, object, string, type Schema } from '../../intake/http/openapi-schemas.js';
import { readNames } from '../../intake/http/sending-answer.js';
import { ChatLinks, type ChatLink } from './chat-links.js';

const body: Schema = {
  ...object({ channel: { ...string, enum: [...messengers] } }),
  additionalProperties: false,
  example: { channel: 'telegram' },
};
const answer: Schema = object({
  customer: string,
  channel: string,
  link: { ...string, example: 'https://t.me/shop_bot?start=…' },
  expires_at: { ...string, format: 'date-time' },
});

/** Links by which a messenger's chat says whose it is. */
@ApiTags('customers')
@Controller('v1/customers')
export class ChatLinksController {
  constructor(@Inject(ChatLinks) private readonly links: ChatLinks) {}

  @Post(':id/chat-links')
  @ApiOperation({
    summary: "A link to the messenger's bot that joins whoever follows it to this customer",
    description:
      'For one chat, and for a day. Who was a customer born from that chat until then is merged into this one. Give it to nobody else: whoever follows it is this customer.',
  })
  @ApiParam({ name: 'id', description: "The customer's id", example: 'customer-1' })
  @ApiBody({ schema: body })
  @ApiResponse({ status: 201, schema: answer })
  @ApiResponse({ status: 400, description: 'The channel is none of the messengers', schema: errors })
  @ApiResponse({ status: 404, description: 'There is no such customer', schema: errors })
  @ApiResponse({ status: 409, description: 'There is no bot to begin, or nobody who would hear', schema: errors })
  async make(@Param('id') id: string, @Req() request: FastifyRequest) {
    const why = whyNoId(id);
    if (why !== undefined) throw apiError(400, 'id', why);
    const { channel: given } = readNames(jsonOf(request, '{"channel": "telegram"}'), ['channel']);
    const channel = messengers.find((one) => one === given);
    if (channel === undefined)
      throw apiError(400, 'channel', `is "${String(given)}"; expected one of ${messengers.join(', ')}`);
    const { customer, link, expiresAt } = madeOf(await this.links.make(id, channel), id);
    return { customer, channel, link, expires_at: printInstant(expiresAt) };
  }
}

function madeOf(link: ChatLink, id: string): Extract<ChatLink, { kind: 'made' }> {
  switch (link.kind) {
    case 'made':
      return link;
    case 'unknown_customer':
      throw apiError(404, 'id', `there is no customer "${id}"; the first event or PUT makes one`);
    case 'no_hooks':
      throw apiError(
        409,
        'channel',
        'cannot tell us who follows the link; set PEYK_HOOK_SECRET, and the hook at the bot',
      );
    case 'no_bot':
      throw apiError(409, 'channel', `has no bot to begin: ${link.reason}`);
  }
}
