/**
 * What pages of allowed origins may send and read. No cookies: keys go in a header. The rest is what tus and resuming
 * clients need.
 */
export const CORS_OPTIONS = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'Authorization',
    'Content-Type',
    'Last-Event-ID',
    'Range',
    'Tus-Resumable',
    'Upload-Length',
    'Upload-Metadata',
    'Upload-Offset',
    'Upload-Defer-Length',
  ],
  exposedHeaders: [
    'Content-Range',
    'Location',
    'Retry-After',
    'Tus-Resumable',
    'Tus-Version',
    'Upload-Expires',
    'Upload-Length',
    'Upload-Offset',
  ],
  credentials: false,
  maxAge: 600,
};
