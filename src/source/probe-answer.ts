import { z } from 'zod';

const disposition = z.object({ attached_pic: z.number().optional() }).optional();
const sideData = z.array(z.object({ rotation: z.number().optional() })).optional();

/** The part of `ffprobe -show_streams -show_format -of json` that is used. Numbers come as texts. */
export const probeAnswer = z.object({
  streams: z
    .array(
      z.object({
        index: z.number(),
        codec_type: z.string().optional(),
        codec_name: z.string().optional(),
        pix_fmt: z.string().optional(),
        width: z.number().optional(),
        height: z.number().optional(),
        avg_frame_rate: z.string().optional(),
        r_frame_rate: z.string().optional(),
        nb_frames: z.string().optional(),
        duration: z.string().optional(),
        start_time: z.string().optional(),
        color_transfer: z.string().optional(),
        color_space: z.string().optional(),
        disposition,
        side_data_list: sideData,
        tags: z.record(z.string(), z.string()).optional(),
      }),
    )
    .default([]),
  format: z
    .object({
      format_name: z.string().optional(),
      duration: z.string().optional(),
      start_time: z.string().optional(),
    })
    .default({}),
});

export type ProbeAnswer = z.infer<typeof probeAnswer>;
export type ProbeStream = ProbeAnswer['streams'][number];
