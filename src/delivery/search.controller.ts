import type { IncomingMessage } from 'node:http';
import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Store } from '../store/store.js';
import { AccessGate } from './access/access-gate.js';
import { parseRequest } from './http/parse-request.js';
import { searchQuery } from './search-query.js';
import { STORE } from './services.js';
import { momentLink } from './moment-link.js';
import { type SearchBody, searchShape } from './search-shape.js';
import { jsonSchema } from './http/json-schema.js';

@ApiTags('search')
@Controller('v1/search')
export class SearchController {
  constructor(
    @Inject(STORE) private readonly store: Store,
    @Inject(AccessGate) private readonly gate: AccessGate,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Find past results by their words, topic, kinds and time (q, topic, kinds, from, to), with their frames.',
  })
  @ApiResponse({ status: 200, schema: jsonSchema(searchShape) })
  async search(@Req() request: IncomingMessage, @Query() query: unknown): Promise<SearchBody> {
    const { q, topic, kinds, from, to, order, limit, offset } = parseRequest(searchQuery, query);
    const hits = await this.store.events.search({
      ...(q === undefined ? {} : { words: q }),
      topics: this.gate.accessOf(request).topics,
      ...(topic === undefined ? {} : { topic }),
      ...(kinds === undefined ? {} : { kinds: kinds.split(',') }),
      ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
      ...(to === undefined ? {} : { toMs: Date.parse(to) }),
      order,
      limit,
      offset,
    });
    return {
      hits: hits.map((hit) => ({
        topic: hit.topic,
        seq: hit.seq,
        at: new Date(hit.atMs).toISOString(),
        kind: hit.event.kind,
        start_seconds: numberOrNull(hit.event['start_seconds']),
        end_seconds: numberOrNull(hit.event['end_seconds']),
        excerpt: hit.excerpt,
        text: textOrNull(hit.event['text']),
        href: `/v1/${hit.topic}`,
        frame_url: textOrNull(hit.event['frame_url']),
        moment: momentLink(hit),
      })),
    };
  }
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
