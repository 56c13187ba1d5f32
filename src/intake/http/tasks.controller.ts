import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { printInstant, type Instant } from '../../domain/time/instant.js';
import type { TaskRow } from '../../store/tasks/task-row.js';
import { apiError } from './api-error.js';
import { jsonOf } from './body.js';
import { errors } from './openapi-schemas.js';
import { doneBody, takeBody, taskAnswer, tasksAnswer } from './openapi-tasks.js';
import { oneOf, readQuery, text, wholeNumber } from './query.js';
import { readNames } from './sending-answer.js';
import { stateOf, TaskDesk, type TaskAnswer } from './task-desk.js';

const states = ['open', 'taken', 'done'] as const;
const parameters = { assign_to: text, state: oneOf(states), limit: wholeNumber(1, 500) };
/** Longer ones are no names, and are kept in a row. */
const LONGEST = 256;

@ApiTags('tasks')
@Controller('v1/tasks')
export class TasksController {
  constructor(@Inject(TaskDesk) private readonly desk: TaskDesk) {}

  @Get()
  @ApiOperation({ summary: 'What people are to do, the most urgent first; of what is done the last first' })
  @ApiQuery({ name: 'assign_to', required: false, schema: { type: 'string' } })
  @ApiQuery({
    name: 'state',
    required: false,
    description: 'Without it open and taken ones',
    schema: { type: 'string', enum: [...states] },
  })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 } })
  @ApiResponse({ status: 200, schema: tasksAnswer })
  @ApiResponse({ status: 400, description: 'A parameter is unknown or does not fit', schema: errors })
  async list(@Query() query: unknown) {
    const { assign_to: assignTo, state, limit = 50 } = readQuery(query, parameters);
    return { tasks: (await this.desk.list(assignTo, state, limit)).map(item) };
  }

  @Post(':id/take')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a task on, so that nobody else does; asking again changes nothing' })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiBody({ schema: takeBody })
  @ApiResponse({ status: 200, schema: taskAnswer })
  @ApiResponse({ status: 400, description: 'It is not said who takes it', schema: errors })
  @ApiResponse({ status: 404, description: 'There is no such task', schema: errors })
  @ApiResponse({ status: 409, description: 'Somebody else has it, or it is done or withdrawn', schema: errors })
  async take(@Param('id') id: string, @Req() request: FastifyRequest) {
    const { by } = readBody(request, ['by'], '{"by": "sara"}');
    if (by === undefined) throw apiError(400, 'by', 'is missing; say who takes it');
    return answerOf(await this.desk.take(id, by));
  }

  @Post(':id/done')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say what came of a task',
    description: 'A journey that waits for it goes on. The first word counts: the same again changes nothing.',
  })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiBody({ schema: doneBody })
  @ApiResponse({ status: 200, description: 'It is done; answered after the commit', schema: taskAnswer })
  @ApiResponse({ status: 400, description: "The result is none of the task's results", schema: errors })
  @ApiResponse({ status: 404, description: 'There is no such task', schema: errors })
  @ApiResponse({ status: 409, description: 'It was done with another result, or is withdrawn', schema: errors })
  async done(@Param('id') id: string, @Req() request: FastifyRequest) {
    const { result, by } = readBody(request, ['result', 'by'], '{"result": "solved", "by": "sara"}');
    if (result === undefined) throw apiError(400, 'result', 'is missing; say what came of it');
    return answerOf(await this.desk.done(id, result, by));
  }
}

function readBody<Name extends string>(
  request: FastifyRequest,
  names: readonly Name[],
  example: string,
): Partial<Record<Name, string>> {
  const values = readNames(jsonOf(request, `an object such as ${example}`), names);
  const long = names.find((name) => (values[name] ?? '').length > LONGEST);
  if (long === undefined) return values;
  throw apiError(400, long, `has more than ${String(LONGEST)} characters; make it shorter`);
}

function answerOf(answer: TaskAnswer) {
  switch (answer.kind) {
    case 'well':
      return item(answer.task);
    case 'not_found':
      throw apiError(404, 'id', 'there is no such task');
    case 'conflict':
      throw apiError(409, 'task', answer.message);
    case 'wrong_result':
      throw apiError(400, 'result', answer.message);
    case 'dead':
      throw apiError(500, 'engine', `could not be decided and lies in the dead letters: ${answer.reason}`);
  }
}

function item(task: TaskRow) {
  const { id, customer_id: customer, journey, key, step, title, assign_to, results, taken_by, result } = task;
  return {
    ...{ id, customer, state: stateOf(task), title, assign_to, due: printed(task.due), results },
    ...{ taken_by, taken_at: printed(task.taken_at), result, done_at: printed(task.done_at) },
    ...{ journey, key, step, opened_at: printed(task.opened_at) },
  };
}

function printed(at: Instant | null): string | null {
  return at === null ? null : printInstant(at);
}
