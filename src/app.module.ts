import { type DynamicModule, Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { ChatCompletions } from './delivery/chat/chat-completions.js';
import { ChatController } from './delivery/chat/chat.controller.js';
import { FrameKeeper } from './delivery/frames/frame-keeper.js';
import { FramesController } from './delivery/frames/frames.controller.js';
import { VideoFrames } from './delivery/frames/video-frames.js';
import { AccessGate } from './delivery/access/access-gate.js';
import { TicketsController } from './delivery/access/tickets.controller.js';
import { Tickets } from './delivery/access/tickets.js';
import { HealthController } from './delivery/health.controller.js';
import { EventStreamsController } from './delivery/live/event-streams.controller.js';
import { EventStreams } from './delivery/live/event-streams.js';
import { TopicHub } from './delivery/live/topic-hub.js';
import { ModelsController } from './delivery/models.controller.js';
import { SamplesController } from './delivery/samples/samples.controller.js';
import { SampleShelf } from './delivery/samples/sample-shelf.js';
import { SearchController } from './delivery/search.controller.js';
import { serveTopics } from './delivery/serve-topics.js';
import { MODEL_STATE } from './delivery/served-model.js';
import { MetricsController } from './delivery/operations/metrics.controller.js';
import { Prometheus } from './delivery/operations/prometheus.js';
import { ServerWatch } from './delivery/operations/server-watch.js';
import { StatusController } from './delivery/operations/status.controller.js';
import { type Services, STORE, TOPICS, UPLOADS_FOLDER, VERSION } from './delivery/services.js';
import { StreamManager } from './delivery/streams/stream-manager.js';
import { MotionJpeg } from './delivery/streams/motion-jpeg.js';
import { StreamPicturesController } from './delivery/streams/stream-pictures.controller.js';
import { StreamsController } from './delivery/streams/streams.controller.js';
import { JobsController } from './delivery/videos/jobs.controller.js';
import { VideoDownloads } from './delivery/videos/video-downloads.js';
import { VideoLibrary } from './delivery/videos/video-library.js';
import { VideoMediaController } from './delivery/videos/video-media.controller.js';
import { VideosController } from './delivery/videos/videos.controller.js';
import { WebhookRegistry } from './delivery/webhooks/webhook-registry.js';
import { WebhooksController } from './delivery/webhooks/webhooks.controller.js';

/** Text fields of an upload: a name and a plan of some tasks. */
const MAX_FIELDS = 8;
const MAX_FIELD_BYTES = 64 * 1024;

/** Binds the plain classes of the project to Nest; they know nothing of it. */
@Module({})
export class AppModule {
  static with(services: Services): DynamicModule {
    const limits = {
      files: 1,
      fileSize: services.maxUploadBytes,
      fields: MAX_FIELDS,
      fieldSize: MAX_FIELD_BYTES,
      parts: MAX_FIELDS + 1,
    };
    return {
      module: AppModule,
      imports: [MulterModule.register({ dest: services.uploadsFolder, limits, defParamCharset: 'utf8' })],
      controllers: [
        HealthController,
        ModelsController,
        ChatController,
        WebhooksController,
        VideosController,
        VideoMediaController,
        JobsController,
        StreamsController,
        StreamPicturesController,
        EventStreamsController,
        SearchController,
        FramesController,
        TicketsController,
        SamplesController,
        MetricsController,
        StatusController,
      ],
      providers: [
        { provide: MODEL_STATE, useFactory: () => services.modelState },
        { provide: SampleShelf, useFactory: () => services.samples },
        { provide: UPLOADS_FOLDER, useFactory: () => services.uploadsFolder },
        { provide: AccessGate, useFactory: () => services.access.gate },
        { provide: Tickets, useFactory: () => services.access.tickets },
        { provide: STORE, useFactory: () => services.store },
        { provide: TopicHub, useFactory: () => services.hub },
        { provide: VideoLibrary, useFactory: () => services.videos },
        { provide: FrameKeeper, useFactory: () => services.frames },
        { provide: VideoFrames, useFactory: () => services.videoFrames },
        { provide: VideoDownloads, useFactory: () => services.downloads },
        { provide: StreamManager, useFactory: () => services.streams },
        { provide: ServerWatch, useFactory: () => services.watch },
        { provide: VERSION, useFactory: () => services.version },
        { provide: Prometheus, useFactory: () => new Prometheus(() => services.watch.figures()) },
        { provide: WebhookRegistry, useFactory: () => services.webhooks },
        { provide: ChatCompletions, useFactory: () => services.chats },
        { provide: TOPICS, useFactory: () => serveTopics(services) },
        {
          provide: MotionJpeg,
          useFactory: () =>
            new MotionJpeg({
              streams: services.streams,
              maxClients: services.liveLimits.maxMotionClients,
              stallMs: services.liveLimits.heartbeatMs,
              onFailure: services.onBug,
            }),
        },
        {
          provide: EventStreams,
          useFactory: () =>
            new EventStreams(services.hub, services.store.events, services.liveLimits, services.watch.live),
        },
      ],
    };
  }
}
