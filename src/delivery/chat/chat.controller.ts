import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { consume } from '../../pipeline/consume.js';
import { AccessGate } from '../access/access-gate.js';
import { goneSignal } from '../http/gone-signal.js';
import { jsonSchema } from '../http/json-schema.js';
import { openAiError } from '../http/openai-error.js';
import { parseRequest } from '../http/parse-request.js';
import { type ChatBody, chatBody } from './chat-body.js';
import { type ChatCompletion, ChatCompletions, type ChoiceEvent } from './chat-completions.js';
import { ChunkWriter } from './chunk-writer.js';
import { completionBody } from './completion-body.js';

@ApiTags('chat')
@Controller('v1/chat/completions')
export class ChatController {
  constructor(
    @Inject(ChatCompletions) private readonly chats: ChatCompletions,
    @Inject(AccessGate) private readonly gate: AccessGate,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: "Ask about pictures and videos as OpenAI's clients do; docs/chat.md." })
  @ApiBody({ schema: jsonSchema(chatBody) })
  async complete(
    @Body() body: unknown,
    @Req() request: IncomingMessage,
    @Res() response: Response,
  ): Promise<void> {
    const asked = parseRequest(chatBody, body);
    const signal = goneSignal(response);
    const completion = await this.chats.begin(asked, { access: this.gate.accessOf(request), signal });
    if (asked.stream === true) await stream(completion, asked, response, signal);
    else await answer(completion, asked, response, signal);
  }
}

async function answer(
  { head, events }: ChatCompletion,
  asked: ChatBody,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  const all: ChoiceEvent[] = [];
  await consume(events, (event) => all.push(event), signal);
  response.json(completionBody(head, all, asked.logprobs === true));
}

/** The head is sent with the first words: what fails before them has a status of its own. */
async function stream(
  { head, events }: ChatCompletion,
  asked: ChatBody,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  const writer = new ChunkWriter(head, {
    areLogprobsWanted: asked.logprobs === true,
    isUsageWanted: asked.stream_options?.include_usage === true,
  });
  const send = (data: object | string): void => {
    if (!response.headersSent) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
    }
    response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  };
  try {
    await consume(
      events,
      (event) => {
        writer.take(event).forEach(send);
      },
      signal,
    );
    [...writer.end(), '[DONE]'].forEach(send);
  } catch (error) {
    if (!response.headersSent) throw error;
    send(openAiError(error).body);
  }
  response.end();
  if (!response.closed) await once(response, 'close');
}
