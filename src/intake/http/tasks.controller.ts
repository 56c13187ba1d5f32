import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { apiError } from './api-error.js';
import { jsonOf } from './body.js';
import { errors } from './openapi-schemas.js';
import { doneBody, takeBody, taskAnswer, tasksAnswer } from './openapi-tasks.js';
import { oneOf, readQuery, text, wholeNumber } from './query.js';
import { readNames } from './sending-answer.js';
import { listedStates, TaskDesk, whyNoName, type TaskAnswer } from './task-desk.js';
import { taskItem } from './task-item.js';

const parameters = { assign_to: text, state: oneOf(listedStates), limit: wholeNumber(1, 500) };

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
    schema: { type: 'string', enum: [...listedStates] },
  })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 } })
  @ApiResponse({ status: 200, schema: tasksAnswer })
  @ApiResponse({ status: 400, description: 'A parameter is unknown or does not fit', schema: errors })
  async list(@Query() query: unknown) {
    const { assign_to: assignTo, state, limit = 50 } = readQuery(query, parameters);
    return { tasks: (await this.desk.list(assignTo, state, limit)).map(taskItem) };
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
  for (const name of names) {
    const why = whyNoName(values[name]);
    if (why !== undefined) throw apiError(400, name, why);
  }
  return values;
}

function answerOf(answer: TaskAnswer) {
  switch (answer.kind) {
    case 'well':
      return taskItem(answer.task);
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
