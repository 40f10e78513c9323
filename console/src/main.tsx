import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/ledger';
import { followLedger } from './api/live';
import { preference } from './i18n/preferences';
import { messagesOf } from './i18n/text';
import { router } from './router';
import { localeOf } from './shell';
import { parseSearch, readSearch } from './time/search';
import './styles/index.css';

document.documentElement.dataset['theme'] = preference('theme') ?? 'system';

// The first page is shown at once, when its code and its words are there.
await Promise.all([router.load(), messagesOf(localeOf(readSearch(parseSearch(location.search))))]);

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <RouterProvider router={router} />
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
);

void followLedger();
