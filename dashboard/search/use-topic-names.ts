import { useQuery } from '@tanstack/react-query';
import { streamsQuery, videosQuery } from '../api/queries.js';

/** As many as one answer has. */
const MOST = 100;

/** What people call the topics, as far as they are among the newest. */
export function useTopicNames(): ReadonlyMap<string, string> {
  const { data: videos } = useQuery(videosQuery(MOST));
  const { data: streams } = useQuery(streamsQuery);
  return new Map(
    [...(videos?.videos ?? []), ...(streams?.streams ?? [])].map(({ topic, name }) => [topic, name]),
  );
}
