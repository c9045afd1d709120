import { Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { jsonSchema } from '../http/json-schema.js';
import { sendMedia } from '../http/send-media.js';
import { mediaType } from './media-type.js';
import { type ProxyAnswer, proxyAnswerShape } from './proxy-shape.js';
import { VideoLibrary } from './video-library.js';

const RANGE = { name: 'Range', required: false, description: 'A part of the file: bytes=FIRST-LAST' };
const PART = { status: 206, description: 'The part that Range asks for.' };
const NO_PART = { status: 416, description: 'The file has no such part.' };

@ApiTags('videos')
@Controller('v1/videos/:id')
export class VideoMediaController {
  constructor(@Inject(VideoLibrary) private readonly library: VideoLibrary) {}

  @Get('media')
  @ApiOperation({
    summary: 'The file as it was uploaded, or a part of it, for <video> (when it is playable) or <img>.',
  })
  @ApiHeader(RANGE)
  @ApiProduces('video/*', 'image/*', 'application/octet-stream')
  @ApiResponse({ status: 200, description: 'The whole file.' })
  @ApiResponse(PART)
  @ApiResponse(NO_PART)
  async media(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const { folder, file, video } = await this.library.place(id);
    await sendMedia(response, { folder, file, type: mediaType(video), name: video.name });
  }

  @Post('proxy')
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Have a copy made that every browser plays; asked again, it tells how far it is. Once is enough.',
  })
  @ApiResponse({ status: 202, schema: jsonSchema(proxyAnswerShape) })
  async makeProxy(@Param('id') id: string): Promise<ProxyAnswer> {
    return { proxy: await this.library.makeProxy(id), url: `/v1/videos/${id}/proxy` };
  }

  @Get('proxy')
  @ApiOperation({
    summary: 'The copy that every browser plays, or a part of it; 404 until it has been made.',
  })
  @ApiHeader(RANGE)
  @ApiProduces('video/mp4')
  @ApiResponse({ status: 200, description: 'The whole file.' })
  @ApiResponse(PART)
  @ApiResponse(NO_PART)
  async proxy(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const video = await this.library.get(id);
    const place = this.library.proxies.place(id);
    await sendMedia(response, { ...place, type: 'video/mp4', name: `${video.name}.proxy.mp4` });
  }
}
