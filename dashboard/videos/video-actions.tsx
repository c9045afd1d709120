import { Dialog, DialogHeading, Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { VideoBody } from '../../src/delivery/videos/video-shape.js';
import { errorText } from '../api/api-error.js';
import { request } from '../api/request.js';
import { Notice } from '../parts/notice.js';
import { saveFile } from '../parts/save-file.js';

const FORMATS = [
  ['vtt', 'WebVTT subtitles', 'vtt'],
  ['srt', 'SubRip subtitles', 'srt'],
  ['json', 'JSON', 'json'],
  ['text', 'Plain text', 'txt'],
] as const;

/** What can be done with a video as a whole: taking its words along, deleting it. */
export function VideoActions({ video }: { readonly video: VideoBody }) {
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const [, go] = useLocation();
  const stem = video.name.replace(/\.[^.]*$/, '');
  const save = useMutation({
    mutationFn: ([format, ending]: readonly [string, string]) =>
      saveFile(`/v1/videos/${video.id}/captions?format=${format}`, `${stem}.${ending}`),
  });
  const remove = useMutation({
    mutationFn: () => request<null>(`/v1/videos/${video.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['videos', 'list'] });
      go('/videos');
    },
  });
  return (
    <div className="stack" style={{ alignItems: 'flex-end' }}>
      <div className="row">
        <MenuProvider>
          <MenuButton className="button">
            <Download size={16} aria-hidden />
            Download
          </MenuButton>
          <Menu className="menu" gutter={6}>
            {FORMATS.map(([format, name, ending]) => (
              <MenuItem
                key={format}
                className="menu-item"
                onClick={() => {
                  save.mutate([format, ending]);
                }}
              >
                {name}
              </MenuItem>
            ))}
          </Menu>
        </MenuProvider>
        <button
          type="button"
          className="button icon danger"
          aria-label={`Delete ${video.name}`}
          title="Delete"
          onClick={() => {
            setAsking(true);
          }}
        >
          <Trash2 size={16} aria-hidden />
        </button>
      </div>
      {save.error !== null && <Notice tone="bad">{errorText(save.error)}</Notice>}
      <Dialog
        open={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        className="dialog"
        backdrop={<div className="backdrop" />}
      >
        <DialogHeading>Delete this video?</DialogHeading>
        <p className="soft">{video.name} goes with all that was said about it. This cannot be undone.</p>
        {remove.error !== null && <Notice tone="bad">{errorText(remove.error)}</Notice>}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setAsking(false);
            }}
          >
            Keep it
          </button>
          <button
            type="button"
            className="button danger"
            disabled={remove.isPending}
            onClick={() => {
              remove.mutate();
            }}
          >
            Delete
          </button>
        </div>
      </Dialog>
    </div>
  );
}
