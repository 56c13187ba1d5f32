import { applyDecorators, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Heard, HookRequest, Inbound } from '../channels/inbound.js';
import { createInbounds } from '../channels/inbounds.js';
import { apiError } from '../intake/http/api-error.js';
import { errors } from '../intake/http/openapi-schemas.js';
import { Metrics } from '../ops/metrics.js';
import { hookPath } from './hook-door.js';
import { readHook } from './read-hook.js';
import { WayBack } from './way-back.js';

const description =
  "Receipts and replies in the form of the channel's provider. Other channels have a form of our own, one or a list: {kind: receipt, provider_id or message_id, status: delivered or failed}, {kind: reply, id, from, text}. Answered after the commit.";

const described = applyDecorators(
  HttpCode(200),
  ApiOperation({ summary: "A provider's call-back", description }),
  ApiParam({ name: 'channel', schema: { type: 'string', example: 'sms' } }),
  ApiParam({ name: 'secret', description: 'PEYK_HOOK_SECRET', schema: { type: 'string' } }),
  ApiResponse({ status: 200, description: 'It is kept, or says nothing of use' }),
  ApiResponse({ status: 400, description: 'It cannot be read, or is in none of the forms', schema: errors }),
  ApiResponse({ status: 404, description: 'The secret is another, or there is none', schema: errors }),
  ApiResponse({ status: 413, description: 'The body is larger than 64 KiB', schema: errors }),
  ApiResponse({ status: 503, description: 'Tell it again', schema: errors }),
);

/** Providers call back here. Whoever comes as far as this knows the secret. */
@ApiTags('hooks')
@Controller()
export class HooksController {
  private readonly inbounds: ReadonlyMap<string, readonly Inbound[]> = createInbounds();

  constructor(
    @Inject(WayBack) private readonly wayBack: WayBack,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Get(hookPath)
  @described
  get(@Param('channel') channel: string, @Req() request: FastifyRequest): Promise<string | object> {
    return this.hear(channel, request);
  }

  @Post(hookPath)
  @described
  post(@Param('channel') channel: string, @Req() request: FastifyRequest): Promise<string | object> {
    return this.hear(channel, request);
  }

  private async hear(channel: string, request: FastifyRequest): Promise<string | object> {
    const inbounds = this.inbounds.get(channel);
    if (inbounds === undefined) throw apiError(404, 'channel', `there is no channel "${channel.slice(0, 50)}"`);
    const read = readHook(request);
    const understood = firstToUnderstand(inbounds, read);
    if (understood === undefined) return this.misunderstood(channel, inbounds);
    const { inbound, heard } = understood;
    await this.wayBack.take({ channel: inbound.channel, provider: inbound.provider }, heard);
    return inbound.answer?.(read) ?? 'ok';
  }

  /** Where our own form is spoken it is said what that is; a provider with its own would only repeat what we do not know. */
  private misunderstood(channel: string, inbounds: readonly Inbound[]): string {
    this.metrics.hooks(channel, 'none', 'unreadable');
    const form = inbounds.find((inbound) => inbound.form !== undefined)?.form;
    if (form === undefined) return 'ok';
    throw apiError(400, 'body', `says nothing that is known here; ${form}`);
  }
}

interface Understood {
  readonly inbound: Inbound;
  readonly heard: readonly Heard[];
}

function firstToUnderstand(inbounds: readonly Inbound[], request: HookRequest): Understood | undefined {
  for (const inbound of inbounds) {
    const heard = inbound.hear(request);
    if (heard !== undefined) return { inbound, heard };
  }
  return undefined;
}
