import './search.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { errorText } from '../api/api-error.js';
import { SEARCH_PAGE, searchPage, type SearchTerms } from '../api/queries.js';
import { Loading } from '../parts/loading.js';
import { Notice } from '../parts/notice.js';
import { SearchHit } from './search-hit.js';
import { useTopicNames } from './use-topic-names.js';

const KINDS = [
  ['', 'Everything said'],
  ['caption', 'Captions'],
  ['answer', 'Answers'],
  ['detections,masks', 'Things found'],
  ['text', 'Words read'],
] as const;

/** Searches everything that was ever said, of videos and cameras, and leads to the moment. */
export default function SearchView() {
  const [params, setParams] = useSearchParams();
  const words = params.get('q') ?? '';
  const kinds = params.get('kinds') ?? '';
  const order = params.get('order') === 'newest' ? 'newest' : 'best';
  const [typed, setTyped] = useState(words);
  const change = (changed: Partial<Record<'q' | 'kinds' | 'order', string>>): void => {
    setParams({ q: words, kinds, order, ...changed }, { replace: true });
  };
  return (
    <div className="view">
      <div className="view-head">
        <div>
          <h1>Search</h1>
          <p className="soft">Everything that was said of videos and cameras, to the moment</p>
        </div>
      </div>
      <form
        className="search-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          change({ q: typed.trim() });
        }}
      >
        <div className="with-icon">
          <Search size={18} aria-hidden />
          <input
            className="input"
            type="search"
            aria-label="Words to search for"
            placeholder="dog, red car, balloon…"
            maxLength={1000}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
            }}
          />
        </div>
        <select
          className="input"
          aria-label="What to search"
          value={kinds}
          onChange={({ target }) => {
            change({ kinds: target.value });
          }}
        >
          {KINDS.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label="Order"
          value={order}
          onChange={({ target }) => {
            change({ order: target.value });
          }}
        >
          <option value="best">Best first</option>
          <option value="newest">Newest first</option>
        </select>
        <button type="submit" className="hidden" tabIndex={-1}>
          Search
        </button>
      </form>
      {words === '' ? (
        <div className="empty">
          <Search size={30} aria-hidden />
          <p>All of the words are looked for, in any order; the last may be the beginning of one.</p>
        </div>
      ) : (
        <Hits terms={{ words, kinds, order }} />
      )}
    </div>
  );
}

function Hits({ terms }: { readonly terms: SearchTerms }) {
  const names = useTopicNames();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['search', terms],
    queryFn: ({ pageParam, signal }) => searchPage(terms, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.hits.length < SEARCH_PAGE ? undefined : pages.length * SEARCH_PAGE,
  });
  if (error !== null) return <Notice tone="bad">{errorText(error)}</Notice>;
  if (isPending) return <Loading label="Searching" />;
  const hits = data.pages.flatMap((page) => page.hits);
  return (
    <>
      <p className="small soft" role="status">
        {hits.length === 0
          ? `Nothing was said with “${terms.words}”.`
          : `${hits.length}${hasNextPage ? ' or more' : ''} found`}
      </p>
      <ol className="hits" aria-label="Results">
        {hits.map((hit) => (
          <li key={`${hit.topic}/${hit.seq}`}>
            <SearchHit hit={hit} name={names.get(hit.topic) ?? null} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <div>
          <button
            type="button"
            className="button"
            disabled={isFetchingNextPage}
            onClick={() => {
              void fetchNextPage();
            }}
          >
            Show more
          </button>
        </div>
      )}
    </>
  );
}
