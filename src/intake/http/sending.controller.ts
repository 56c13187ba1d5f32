import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isJsonObject, type Json } from '../../domain/json.js';
import type { Pause } from '../../domain/pause.js';
import { pausesOf, SendingControl } from '../../ops/sending-control.js';
import { apiError } from './api-error.js';
import { jsonOf } from './body.js';
import { errors, pauseAnswer, pausesAnswer, pauseScope } from './openapi-schemas.js';
import { answerOf, BY_API, pauseItem, readNames, type ChangedAnswer, type PauseItem } from './sending-answer.js';

@ApiTags('sending')
@Controller('v1/sending')
export class SendingController {
  constructor(@Inject(SendingControl) private readonly control: SendingControl) {}

  @Get()
  @ApiOperation({ summary: 'What is paused' })
  @ApiResponse({ status: 200, schema: pausesAnswer })
  async list(): Promise<{ readonly paused: readonly PauseItem[] }> {
    return { paused: (await this.control.paused()).map(pauseItem) };
  }

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Stop what is sent: all of it, or that of a journey, a channel or a purpose',
    description:
      'In force in every process within a second, for queued messages too. A call of a provider under way is not taken back.',
  })
  @ApiBody({ schema: pauseScope })
  @ApiResponse({ status: 200, schema: pauseAnswer })
  @ApiResponse({ status: 400, description: 'A name is not known', schema: errors })
  async pause(@Req() request: FastifyRequest): Promise<ChangedAnswer> {
    return answerOf(await this.control.pause(scopeOf(jsonOf(request, expected)), BY_API), 400);
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let what was paused go on',
    description: '`all` ends the pause of all; journeys, channels and purposes that were paused by name stay paused.',
  })
  @ApiBody({ schema: pauseScope })
  @ApiResponse({ status: 200, schema: pauseAnswer })
  @ApiResponse({ status: 400, description: 'A name is not known', schema: errors })
  async resume(@Req() request: FastifyRequest): Promise<ChangedAnswer> {
    return answerOf(await this.control.resume(scopeOf(jsonOf(request, expected))), 400);
  }
}

const expected = 'what is meant, such as {"channel": "sms"} or {"all": true}';
const scopes = ['all', 'journey', 'channel', 'purpose'] as const;

function scopeOf(body: Json): readonly Pause[] {
  if (!isJsonObject(body) || !('all' in body)) return pausesOf(readNames(body, scopes));
  if (body['all'] !== true) throw apiError(400, 'all', 'is true or left out');
  const names = Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'all'));
  const everything: Pause = { kind: 'all', name: '' };
  return Object.keys(names).length === 0 ? [everything] : [everything, ...pausesOf(readNames(names, scopes))];
}
