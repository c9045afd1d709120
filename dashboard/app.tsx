import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { ApiError } from './api/api-error.js';
import { Loading } from './parts/loading.js';
import { NotFound } from './parts/not-found.js';
import { KeyGate } from './shell/key-gate.js';
import { Shell } from './shell/shell.js';
import { ViewGate } from './shell/view-gate.js';
import { VideosView } from './videos/videos-view.js';

const VideoView = lazy(() => import('./videos/video-view.js'));
const CamerasView = lazy(() => import('./cameras/cameras-view.js'));
const CameraView = lazy(() => import('./cameras/camera-view.js'));
const SearchView = lazy(() => import('./search/search-view.js'));
const StatusView = lazy(() => import('./status/status-view.js'));
const StartView = lazy(() => import('./start/start-view.js'));

/**
 * What is wrong with a request stays wrong; a server that is away comes back. Browsers do not know whether it can be
 * reached: one of this machine or this house can without a network.
 */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (count, error) =>
        !(error instanceof ApiError && error.status >= 400 && error.status < 500) && count < 20,
      retryDelay: 1000,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always' },
  },
});

/** The dashboard: its views at their addresses. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <KeyGate>
        <Shell>
          <Views />
        </Shell>
      </KeyGate>
    </QueryClientProvider>
  );
}

function Views() {
  const [path] = useLocation();
  return (
    <ViewGate path={path}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={VideosView} />
          <Route path="/videos" component={VideosView} />
          <Route path="/videos/:id">{({ id }) => <VideoView key={id} id={id} />}</Route>
          <Route path="/cameras" component={CamerasView} />
          <Route path="/cameras/:id">{({ id }) => <CameraView key={id} id={id} />}</Route>
          <Route path="/search" component={SearchView} />
          <Route path="/status" component={StatusView} />
          <Route path="/start" component={StartView} />
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </ViewGate>
  );
}
