import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { parseRequest } from '../http/parse-request.js';
import { TOPICS } from '../services.js';
import { EventStreams } from './event-streams.js';
import { eventsQuery } from './events-query.js';
import type { Topics } from './topics.js';

@ApiTags('live')
@Controller('v1')
export class EventStreamsController {
  constructor(
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  @Get('videos/:id/events')
  @ApiOperation({
    summary: 'The events of a video as Server-Sent Events; after=NUMBER or Last-Event-ID resumes.',
  })
  @ApiProduces('text/event-stream')
  video(
    @Param('id') id: string,
    @Query() query: unknown,
    @Headers('last-event-id') last: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.#serve(`videos/${id}`, query, last, response);
  }

  @Get('streams/:id/events')
  @ApiOperation({
    summary: 'The events of a live stream as Server-Sent Events; after=NUMBER or Last-Event-ID resumes.',
  })
  @ApiProduces('text/event-stream')
  stream(
    @Param('id') id: string,
    @Query() query: unknown,
    @Headers('last-event-id') last: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.#serve(`streams/${id}`, query, last, response);
  }

  async #serve(topic: string, query: unknown, last: string | undefined, response: Response): Promise<void> {
    const asked = parseRequest(eventsQuery, query);
    const after = last === undefined ? asked.after : parseRequest(eventsQuery, { after: last }).after;
    await this.topics.expect(topic);
    const kinds = asked.kinds === undefined ? null : new Set(asked.kinds.split(','));
    await this.streams.serve(response, { topic, after: after ?? null, kinds });
  }
}
