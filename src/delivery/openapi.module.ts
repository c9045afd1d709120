import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { CHAT_EXAMPLES } from './openapi/chat-examples.js';
import { type ApiDocument, completeDocument } from './openapi/complete-document.js';
import { SERVER_EXAMPLES } from './openapi/server-examples.js';
import { STREAM_EXAMPLES } from './openapi/stream-examples.js';
import { UPLOAD_PATHS } from './openapi/upload-paths.js';
import { VIDEO_EXAMPLES, VIDEO_ID } from './openapi/video-examples.js';
import { WEBHOOK_EXAMPLES } from './openapi/webhook-examples.js';

/** Describes all routes at `/openapi.json`, read from the controllers; no pages of Swagger are served. */
export function serveOpenApi(app: INestApplication): void {
  const config = new DocumentBuilder()
    .setTitle('palistream')
    .setDescription('Video in, what PaliGemma says about it out. Live results: docs/protocol.md.')
    .setVersion('v1')
    .setOpenAPIVersion('3.1.0')
    .build();
  const examples = {
    ...VIDEO_EXAMPLES,
    ...STREAM_EXAMPLES,
    ...CHAT_EXAMPLES,
    ...SERVER_EXAMPLES,
    ...WEBHOOK_EXAMPLES,
  };
  const describe = () => {
    const document = SwaggerModule.createDocument(app, config);
    Object.assign(document.paths, UPLOAD_PATHS);
    completeDocument(document as unknown as ApiDocument, examples, VIDEO_ID);
    return document;
  };
  SwaggerModule.setup('openapi', app, describe, {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
  });
}
