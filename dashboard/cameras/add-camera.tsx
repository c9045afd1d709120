import { Dialog, DialogHeading } from '@ariakit/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import { errorText } from '../api/api-error.js';
import { request } from '../api/request.js';
import { Notice } from '../parts/notice.js';

interface AddCameraProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks for a camera's name and address, and begins to watch it. */
export function AddCamera({ isOpen, onClose }: AddCameraProps) {
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const client = useQueryClient();
  const [, go] = useLocation();
  const add = useMutation({
    mutationFn: () =>
      request<StreamBody>('/v1/streams', { method: 'POST', body: { name: name.trim(), url: url.trim() } }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['streams'] });
      onClose();
      go(`/cameras/${id}`);
    },
  });
  return (
    <Dialog open={isOpen} onClose={onClose} className="dialog" backdrop={<div className="backdrop" />}>
      <DialogHeading>Add a camera</DialogHeading>
      <form
        className="stack"
        style={{ gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <label className="field">
          <span>Name</span>
          <input
            className="input"
            required
            maxLength={200}
            placeholder="Front door"
            value={name}
            onChange={({ target }) => {
              setName(target.value);
            }}
          />
        </label>
        <label className="field">
          <span>Address</span>
          <input
            className="input"
            required
            maxLength={2048}
            placeholder="rtsp://user:password@camera/stream"
            value={url}
            onChange={({ target }) => {
              setUrl(target.value);
            }}
          />
        </label>
        <p className="small soft">
          Hosts, folders and devices that may be opened stand in <code>PALISTREAM_STREAM_ALLOW</code> when the
          server is started: <code>192.168.1.0/24</code>, <code>cam.example</code>,{' '}
          <code>file:///videos</code>.
        </p>
        {add.error !== null && <Notice tone="bad">{errorText(add.error)}</Notice>}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <button type="button" className="button" onClick={onClose}>
            Not now
          </button>
          <button type="submit" className="button primary" disabled={add.isPending}>
            {add.isPending ? 'Connecting…' : 'Watch it'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
