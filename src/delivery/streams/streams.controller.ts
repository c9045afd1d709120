import type { IncomingMessage } from 'node:http';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { consume } from '../../pipeline/consume.js';
import { RetryableError } from '../../shared/errors.js';
import type { EventBody } from '../../store/event-body.js';
import type { Store } from '../../store/store.js';
import type { StoredStream } from '../../store/stored-stream.js';
import { AccessGate } from '../access/access-gate.js';
import { goneSignal } from '../http/gone-signal.js';
import { jsonSchema } from '../http/json-schema.js';
import { pageQuery } from '../http/page-query.js';
import { parseRequest } from '../http/parse-request.js';
import { askFields } from '../live/client-message.js';
import type { Topics } from '../live/topics.js';
import { STORE, TOPICS } from '../services.js';
import { streamBody } from './stream-body.js';
import { StreamManager } from './stream-manager.js';
import { streamPlanBody } from './stream-plan-body.js';
import { type StreamBody, type StreamListBody, streamListShape, streamShape } from './stream-shape.js';

const createBody = z.strictObject({
  /** Names its topic, `streams/ID`; one is made up when it is left out. */
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'give letters, digits, _ and -')
    .optional(),
  name: z.string().trim().min(1).max(200),
  /** May hold credentials: they are never given back. */
  url: z.string().min(1).max(2048),
  rtsp_transport: z.enum(['tcp', 'udp']).optional(),
  format: z.enum(['hls', 'mjpeg', 'mpegts']).optional(),
  loop: z.boolean().optional(),
  max_attempts: z.int().min(1).nullable().optional(),
  plan: streamPlanBody.default(() => streamPlanBody.parse({})),
});
const askBody = z.strictObject(askFields);

@ApiTags('streams')
@Controller('v1/streams')
export class StreamsController {
  constructor(
    @Inject(StreamManager) private readonly streams: StreamManager,
    @Inject(STORE) private readonly store: Store,
    @Inject(TOPICS) private readonly topics: Topics,
    @Inject(AccessGate) private readonly gate: AccessGate,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Watch a live source; sources are allowed in PALISTREAM_STREAM_ALLOW.' })
  @ApiBody({ schema: jsonSchema(createBody) })
  @ApiResponse({ status: 201, schema: jsonSchema(streamShape) })
  async create(@Body() body: unknown): Promise<StreamBody> {
    const { id, name, plan, url, rtsp_transport, format, loop, max_attempts } = parseRequest(
      createBody,
      body,
    );
    const source = { url, rtspTransport: rtsp_transport, format, loop, maxAttempts: max_attempts };
    return this.#body(await this.streams.create(name, source, plan, id));
  }

  @Get()
  @ApiOperation({ summary: 'Streams, newest first.' })
  @ApiResponse({ status: 200, schema: jsonSchema(streamListShape) })
  async list(@Req() request: IncomingMessage, @Query() query: unknown): Promise<StreamListBody> {
    const { limit, offset } = parseRequest(pageQuery, query);
    const ids = this.gate.accessOf(request).idsOf('streams/');
    const streams = await this.store.streams.list(limit, offset, ids);
    return {
      total: await this.store.streams.count(ids),
      streams: streams.map((stream) => this.#body(stream)),
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A stream: its state, counts and plan.' })
  @ApiResponse({ status: 200, schema: jsonSchema(streamShape) })
  async get(@Param('id') id: string): Promise<StreamBody> {
    return this.#body(await this.streams.get(id));
  }

  @Put(':id/plan')
  @ApiOperation({ summary: 'Change what is asked, without a new connection.' })
  @ApiBody({ schema: jsonSchema(streamPlanBody) })
  @ApiResponse({ status: 200, schema: jsonSchema(streamShape) })
  async update(@Param('id') id: string, @Body() body: unknown): Promise<StreamBody> {
    return this.#body(await this.streams.update(id, parseRequest(streamPlanBody, body)));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop watching; the stream and its events are kept.' })
  @ApiResponse({ status: 200, schema: jsonSchema(streamShape) })
  async stop(@Param('id') id: string): Promise<StreamBody> {
    return this.#body(await this.streams.stop(id));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Watch a stream again that was stopped, has ended or failed.' })
  @ApiResponse({ status: 200, schema: jsonSchema(streamShape) })
  async resume(@Param('id') id: string): Promise<StreamBody> {
    return this.#body(await this.streams.resume(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a stream with its events.' })
  async remove(@Param('id') id: string): Promise<void> {
    await this.streams.remove(id);
  }

  @Post(':id/ask')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask about the newest frames, or the last so many seconds.' })
  @ApiBody({ schema: jsonSchema(askBody) })
  async ask(
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const question = parseRequest(askBody, body);
    await this.streams.get(id);
    const events: EventBody[] = [];
    const asked = this.topics.ask(`streams/${id}`, question);
    await consume(asked, ({ event }) => events.push(event), goneSignal(response));
    const answer = events.at(-1);
    if (answer !== undefined && !answer.kind.endsWith('.partial')) return answer;
    throw new RetryableError('ask_failed', 'the question got no answer (the stream has ended)');
  }

  #body(stream: StoredStream): StreamBody {
    return streamBody(stream, this.streams.live(stream.id));
  }
}
