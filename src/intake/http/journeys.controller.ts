import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SendingControl } from '../../ops/sending-control.js';
import { DATABASE, type Database } from '../../store/connection.js';
import { peopleInside, type PeopleInsideRow } from '../../store/reading/people-inside.sql.js';
import { errors, journeysAnswer, pauseAnswer } from './openapi-schemas.js';
import { API_WORKSPACE, type ApiWorkspace, type JourneySummary } from './ports.js';
import { answerOf, BY_API, type ChangedAnswer } from './sending-answer.js';

interface JourneyItem extends Omit<JourneySummary, 'title'> {
  readonly title: string | null;
  /** Inside, or past the last step and still watched for the goal. */
  readonly people: { readonly active: number; readonly watching: number };
}

@ApiTags('journeys')
@Controller('v1/journeys')
export class JourneysController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(API_WORKSPACE) private readonly workspace: ApiWorkspace,
    @Inject(SendingControl) private readonly control: SendingControl,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The loaded journeys and how many people are inside' })
  @ApiResponse({ status: 200, schema: journeysAnswer })
  async list(): Promise<{ readonly journeys: readonly JourneyItem[] }> {
    const rows = await this.database.run(peopleInside);
    return { journeys: [...this.workspace.journeys].map((journey) => item(journey, rows)) };
  }

  @Post(':name/pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause a journey',
    description:
      'Within a second nobody starts and nothing of it is sent. Exits, goals and waits for events go on; messages and timers are held.',
  })
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiResponse({ status: 200, schema: pauseAnswer })
  @ApiResponse({ status: 404, description: 'There is no such journey', schema: errors })
  async pause(@Param('name') name: string): Promise<ChangedAnswer> {
    return answerOf(await this.control.pause([{ kind: 'journey', name }], BY_API), 404);
  }

  @Post(':name/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a journey go on: what was held leaves in its order, or is too late by now' })
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiResponse({ status: 200, schema: pauseAnswer })
  @ApiResponse({ status: 404, description: 'There is no such journey', schema: errors })
  async resume(@Param('name') name: string): Promise<ChangedAnswer> {
    return answerOf(await this.control.resume([{ kind: 'journey', name }]), 404);
  }
}

function item({ name, title, purpose, version, draft }: JourneySummary, rows: readonly PeopleInsideRow[]): JourneyItem {
  const people = (status: PeopleInsideRow['status']): number =>
    rows.find((row) => row.journey === name && row.status === status)?.people ?? 0;
  return {
    name,
    title: title ?? null,
    purpose,
    version,
    draft,
    people: { active: people('active'), watching: people('watching') },
  };
}
