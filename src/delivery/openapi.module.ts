import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Describes all routes at `/openapi.json`, read from the controllers; no pages of Swagger are served. */
export function serveOpenApi(app: INestApplication): void {
  const config = new DocumentBuilder()
    .setTitle('palistream')
    .setDescription('Video in, what PaliGemma says about it out. Live results: docs/protocol.md.')
    .setVersion('v1')
    .setOpenAPIVersion('3.1.0')
    .build();
  SwaggerModule.setup('openapi', app, () => SwaggerModule.createDocument(app, config), {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
  });
}
