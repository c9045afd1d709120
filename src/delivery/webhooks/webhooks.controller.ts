import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Store } from '../../store/store.js';
import type { StoredWebhook } from '../../store/stored-webhook.js';
import { DELIVERY_STATES } from '../../store/webhook-outbox.js';
import { jsonSchema } from '../http/json-schema.js';
import { pageQuery } from '../http/page-query.js';
import { parseRequest } from '../http/parse-request.js';
import { STORE } from '../services.js';
import { deliveryBody, webhookBody } from './webhook-body.js';
import { WebhookRegistry } from './webhook-registry.js';

const topic = z
  .string()
  .regex(/^(\*|(videos|streams)\/(\*|[\w-]{1,64}))$/, 'give videos/ID, streams/ID, videos/*, streams/* or *');
const createBody = z.strictObject({
  url: z.string().min(1).max(2048),
  topics: z.array(topic).min(1).max(100).default(['*']),
  /** All that are kept when left out. */
  kinds: z.array(z.string().min(1).max(40)).min(1).max(32).optional(),
  /** `whsec_` and base64; one is made when left out. */
  secret: z.string().max(200).optional(),
});
const deliveriesQuery = pageQuery.extend({ state: z.enum(DELIVERY_STATES).default('dead') });

@ApiTags('webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(WebhookRegistry) private readonly webhooks: WebhookRegistry,
    @Inject(STORE) private readonly store: Store,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Have events sent to an address; the answer alone tells the secret. docs/webhooks.md.',
  })
  @ApiBody({ schema: jsonSchema(createBody) })
  async create(@Body() body: unknown): Promise<object> {
    const { url, topics, kinds = null, secret = null } = parseRequest(createBody, body);
    const webhook = await this.webhooks.create({ url, topics, kinds, secret });
    return { ...(await this.#body(webhook)), secret: webhook.secret };
  }

  @Get()
  @ApiOperation({ summary: 'Webhooks, newest first.' })
  async list(@Query() query: unknown): Promise<object> {
    const { limit, offset } = parseRequest(pageQuery, query);
    const webhooks = await this.store.webhooks.list(limit, offset);
    const bodies = await Promise.all(webhooks.map((webhook) => this.#body(webhook)));
    return { total: await this.store.webhooks.count(), webhooks: bodies };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A webhook: whether it works, and how much waits for it.' })
  async get(@Param('id') id: string): Promise<object> {
    return this.#body(await this.webhooks.get(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a webhook with all that waits for it.' })
  async remove(@Param('id') id: string): Promise<void> {
    await this.webhooks.remove(id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send again to a webhook that was disabled.' })
  async enable(@Param('id') id: string): Promise<object> {
    return this.#body(await this.webhooks.enable(id));
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'Deliveries that have not arrived: state=dead (given up) or waiting.' })
  async deliveries(@Param('id') id: string, @Query() query: unknown): Promise<object> {
    const { state, limit, offset } = parseRequest(deliveriesQuery, query);
    await this.webhooks.get(id);
    const deliveries = await this.store.outbox.list(id, state, limit, offset);
    return { total: await this.store.outbox.count(id, state), deliveries: deliveries.map(deliveryBody) };
  }

  @Post(':id/redeliver')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try all dead deliveries again.' })
  async redeliverAll(@Param('id') id: string): Promise<object> {
    return { redelivered: await this.webhooks.redeliver(id, null) };
  }

  @Post(':id/deliveries/:delivery/redeliver')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try a dead delivery again.' })
  async redeliver(@Param('id') id: string, @Param('delivery') delivery: string): Promise<object> {
    return { redelivered: await this.webhooks.redeliver(id, delivery) };
  }

  async #body(webhook: StoredWebhook): Promise<object> {
    const { id } = webhook;
    const [waiting, dead] = await Promise.all([
      this.store.outbox.count(id, 'waiting'),
      this.store.outbox.count(id, 'dead'),
    ]);
    return { ...webhookBody(webhook), waiting, dead };
  }
}
