import { z } from 'zod';

/** The name of a topic. */
export const liveTopic = z.string().regex(/^(videos|streams)\/[\w-]{1,64}$/, 'give videos/ID or streams/ID');
