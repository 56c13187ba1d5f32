import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventIntake, statusOf, type EventsAnswer } from './event-intake.service.js';
import { cloudEvent, cloudEvents, errors, eventsAnswer } from './openapi-schemas.js';
import { readEvents } from './read-events.js';

const description =
  'CloudEvents 1.0 in structured, batch or binary mode (`ce-` headers, the data as body). Answered after the commit.';

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(@Inject(EventIntake) private readonly intake: EventIntake) {}

  @Post()
  @ApiOperation({ summary: 'Send events', description })
  @ApiConsumes('application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json')
  @ApiBody({ schema: { oneOf: [cloudEvent, cloudEvents] } })
  @ApiResponse({ status: 202, description: 'All were taken in, or had been before', schema: eventsAnswer })
  @ApiResponse({ status: 207, description: 'Some were not; `rejected` says which and why', schema: eventsAnswer })
  @ApiResponse({
    status: 400,
    description: 'None was (`rejected`), or the body cannot be read (`errors`)',
    schema: { oneOf: [eventsAnswer, errors] },
  })
  @ApiResponse({
    status: 413,
    description: 'The body is larger than 5 MiB; send the events in several requests',
    schema: errors,
  })
  @ApiResponse({
    status: 415,
    description: 'The content type is none of these, or the body is compressed',
    schema: errors,
  })
  @ApiResponse({ status: 503, description: 'Send the same again after `Retry-After` seconds', schema: errors })
  async send(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<EventsAnswer> {
    const answer = await this.intake.take(readEvents(request));
    reply.status(statusOf(answer));
    return answer;
  }
}
