import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Health, type HealthReport } from './health.js';
import { maskText } from './mask.js';

@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiResponse({ status: 200, schema: { example: { status: 'ok' } } })
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether it can work, and if not, what is wrong' })
  @ApiResponse({ status: 200, description: 'It works; warnings are listed', schema: healthSchema() })
  @ApiResponse({ status: 503, description: 'Something is wrong', schema: healthSchema() })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const { status, checks } = await this.health.report();
    reply.status(status === 'wrong' ? 503 : 200);
    return { status, checks: checks.map((check) => ({ ...check, detail: maskText(check.detail) })) };
  }
}

function healthSchema() {
  const status = { type: 'string', enum: ['ok', 'warning', 'wrong'] };
  const detail = { type: 'string', example: 'answers' };
  const check = { type: 'object', properties: { name: { type: 'string', example: 'database' }, status, detail } };
  return { type: 'object', properties: { status, checks: { type: 'array', items: check } } };
}
