import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DATABASE, type Database } from '../../store/connection.js';
import { peopleInside, type PeopleInsideRow } from '../../store/reading/people-inside.sql.js';
import { journeysAnswer } from './openapi-schemas.js';
import { API_WORKSPACE, type ApiWorkspace, type JourneySummary } from './ports.js';

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
  ) {}

  @Get()
  @ApiOperation({ summary: 'The loaded journeys and how many people are inside' })
  @ApiResponse({ status: 200, schema: journeysAnswer })
  async list(): Promise<{ readonly journeys: readonly JourneyItem[] }> {
    const rows = await this.database.run(peopleInside);
    return { journeys: [...this.workspace.journeys].map((journey) => item(journey, rows)) };
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
