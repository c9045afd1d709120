import { UPLOADS_PATH } from '../videos/resumable-uploads.js';

const ID = '24c1f1ab9d4b4b53a4c2d7b54d2f9a10';
const resumable = {
  name: 'Tus-Resumable',
  in: 'header',
  required: true,
  schema: { type: 'string' },
  example: '1.0.0',
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: ID };
const header = (name: string, description: string, example: string, required = true) => ({
  ...{ name, in: 'header', required, description },
  ...{ schema: { type: 'string' }, example },
});
const tags = ['videos'];

/** Resumable uploads, which are served beside the controllers: the tus protocol 1.0. */
export const UPLOAD_PATHS = {
  [UPLOADS_PATH]: {
    post: {
      operationId: 'createUpload',
      tags,
      summary: 'Begin a resumable upload (tus 1.0); the answer says where its parts go.',
      parameters: [
        resumable,
        header('Upload-Length', 'Bytes of the whole file.', '1048576'),
        header('Upload-Metadata', 'filename and plan, in base64.', 'filename ZmFybS5tcDQ=', false),
      ],
      responses: {
        '201': {
          description: 'It has begun.',
          headers: { Location: { schema: { type: 'string' }, example: `${UPLOADS_PATH}/${ID}` } },
        },
      },
    },
  },
  [`${UPLOADS_PATH}/{id}`]: {
    head: {
      operationId: 'seeUpload',
      tags,
      summary: 'How much of an upload has come (Upload-Offset).',
      parameters: [id, resumable],
      responses: { '200': { description: 'Upload-Offset and Upload-Length.' } },
    },
    patch: {
      operationId: 'goOnWithUpload',
      tags,
      summary: 'Send the next part; the answer to the last one is the video.',
      parameters: [id, resumable, header('Upload-Offset', 'Where the part begins.', '0')],
      requestBody: {
        required: true,
        content: {
          'application/offset+octet-stream': {
            schema: { type: 'string', format: 'binary' },
            example: '(bytes of the file)',
          },
        },
      },
      responses: {
        '200': { description: 'The video and its first job, as POST /v1/videos answers.' },
        '204': { description: 'The part has come; more is to follow.' },
      },
    },
    delete: {
      operationId: 'dropUpload',
      tags,
      summary: 'Drop an upload that has not ended.',
      parameters: [id, resumable],
      responses: { '204': { description: 'It is gone.' } },
    },
  },
};
