import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { pictureJpeg } from '../../pipeline/picture-jpeg.js';
import { RetryableError } from '../../shared/errors.js';
import { parseRequest } from '../http/parse-request.js';
import { MotionJpeg } from './motion-jpeg.js';
import { motionQuery } from './motion-query.js';
import { StreamManager } from './stream-manager.js';

@ApiTags('streams')
@Controller('v1/streams/:id')
export class StreamPicturesController {
  constructor(
    @Inject(StreamManager) private readonly streams: StreamManager,
    @Inject(MotionJpeg) private readonly motion: MotionJpeg,
  ) {}

  @Get('picture')
  @ApiOperation({
    summary: 'What a stream shows now, at most 640 pixels a side; X-Captured-At tells of when it is.',
  })
  @ApiProduces('image/jpeg')
  @ApiResponse({ status: 200, description: 'A JPEG file.' })
  async picture(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const { picture } = await this.streams.running(id);
    if (picture === null) {
      throw new RetryableError(
        'stream_no_picture',
        'the stream has shown nothing yet: ask again when it is live',
      );
    }
    const jpeg = await pictureJpeg(picture);
    response.set({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-captured-at': new Date(picture.capturedAtMs).toISOString(),
    });
    response.send(jpeg);
  }

  @Get('live.mjpeg')
  @ApiOperation({
    summary: 'What a stream shows, as Motion JPEG for <img>: the newest picture, at most fps a second.',
  })
  @ApiProduces('multipart/x-mixed-replace')
  @ApiResponse({ status: 200, description: 'JPEGs, a part each, until the stream stops or the client goes.' })
  async live(@Param('id') id: string, @Query() query: unknown, @Res() response: Response): Promise<void> {
    await this.motion.serve(response, id, parseRequest(motionQuery, query).fps);
  }
}
