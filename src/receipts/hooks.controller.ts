import { applyDecorators, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Heard, HookRequest, Inbound } from '../channels/inbound.js';
import { ApiError, apiError } from '../intake/http/api-error.js';
import { errors } from '../intake/http/openapi-schemas.js';
import { Metrics } from '../ops/metrics.js';
import { firstToUnderstand, understoodInPart, type Understood } from './hear-list.js';
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
  ApiResponse({ status: 207, description: 'Of a list: what is well is kept, the others are named', schema: errors }),
  ApiResponse({ status: 400, description: 'It cannot be read, or is in none of the forms', schema: errors }),
  ApiResponse({ status: 401, description: 'It comes with the token of another', schema: errors }),
  ApiResponse({ status: 404, description: 'The secret is another, or there is none', schema: errors }),
  ApiResponse({ status: 413, description: 'The body is larger than 64 KiB', schema: errors }),
  ApiResponse({ status: 503, description: 'Tell it again', schema: errors }),
);

/** The ways back, by channel. */
export const INBOUNDS = Symbol('Inbounds');

/** Providers call back here. Whoever comes as far as this knows the secret. */
@ApiTags('hooks')
@Controller()
export class HooksController {
  constructor(
    @Inject(INBOUNDS) private readonly inbounds: ReadonlyMap<string, readonly Inbound[]>,
    @Inject(WayBack) private readonly wayBack: WayBack,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Get(hookPath)
  @described
  get(
    @Param('channel') channel: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | object> {
    return this.hear(channel, request, reply);
  }

  @Post(hookPath)
  @described
  post(
    @Param('channel') channel: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | object> {
    return this.hear(channel, request, reply);
  }

  /** With an error, so that it is told again once it is mended. */
  private refuse(channel: string, why: string): never {
    this.metrics.hooks(channel, 'none', 'unreadable');
    throw apiError(401, 'token', why);
  }

  private async hear(channel: string, request: FastifyRequest, reply: FastifyReply): Promise<string | object> {
    const inbounds = this.inbounds.get(channel);
    if (inbounds === undefined) throw apiError(404, 'channel', `there is no channel "${channel.slice(0, 50)}"`);
    const read = readHook(request);
    const refusal = inbounds.map(({ refuses }) => refuses?.(read)).find((why) => why !== undefined);
    if (refusal !== undefined) return this.refuse(channel, refusal);
    const understood = firstToUnderstand(inbounds, read);
    if (understood === undefined) return this.hearInPart(channel, inbounds, read, reply);
    await this.take(understood);
    return understood.inbound.answer?.(read) ?? 'ok';
  }

  private async take({ inbound, heard }: Understood): Promise<void> {
    await this.wayBack.take({ channel: inbound.channel, provider: inbound.provider }, heard);
  }

  /** Of a list with items that nobody understands the others are kept. */
  private async hearInPart(
    channel: string,
    inbounds: readonly Inbound[],
    read: HookRequest,
    reply: FastifyReply,
  ): Promise<string | object> {
    const part = understoodInPart(inbounds, read);
    if (part === undefined) return this.misunderstood(channel, inbounds);
    const { understood, refused } = part;
    this.metrics.hooks(channel, 'none', 'unreadable', refused.length);
    if (understood.length === 0) throw new ApiError(400, refused);
    for (const one of joined(understood)) await this.take(one);
    reply.status(207);
    return { taken: understood.length, errors: refused };
  }

  /** Where our own form is spoken it is said what that is; a provider with its own would only repeat what we do not know. */
  private misunderstood(channel: string, inbounds: readonly Inbound[]): string {
    this.metrics.hooks(channel, 'none', 'unreadable');
    const form = inbounds.find((inbound) => inbound.form !== undefined)?.form;
    if (form === undefined) return 'ok';
    throw apiError(400, 'body', `says nothing that is known here; ${form}`);
  }
}

/** What one way back understands goes in together. */
function joined(understood: readonly Understood[]): readonly Understood[] {
  const by = new Map<Inbound, Heard[]>();
  for (const { inbound, heard } of understood) by.set(inbound, [...(by.get(inbound) ?? []), ...heard]);
  return [...by].map(([inbound, heard]) => ({ inbound, heard }));
}
