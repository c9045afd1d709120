import type { IncomingMessage } from 'node:http';
import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { jsonSchema } from '../http/json-schema.js';
import { parseRequest } from '../http/parse-request.js';
import { liveTopic } from '../live/live-topic.js';
import { AccessGate } from './access-gate.js';
import { Tickets } from './tickets.js';

const ticketBody = z.strictObject({
  /** For this topic alone, and for an hour instead of a minute. */
  topic: liveTopic.optional(),
});

@ApiTags('access')
@Controller('v1/tickets')
export class TicketsController {
  constructor(
    @Inject(AccessGate) private readonly gate: AccessGate,
    @Inject(Tickets) private readonly tickets: Tickets,
  ) {}

  @Post()
  @ApiOperation({
    summary:
      'A ticket for addresses that a browser opens itself (?ticket=): events, pictures, videos, /v1/live.',
  })
  @ApiBody({ schema: jsonSchema(ticketBody) })
  lend(@Req() request: IncomingMessage, @Body() body: unknown): object {
    const { topic = null } = parseRequest(ticketBody, body);
    const { ticket, expiresMs } = this.tickets.lend(this.gate.accessOf(request), topic);
    return { ticket, topic, expires_at: new Date(expiresMs).toISOString() };
  }
}
