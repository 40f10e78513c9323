import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/ledger';
import { followLedger } from './api/live';
import { lost } from './api/connection';
import { preference } from './i18n/preferences';
import { router } from './router';
import './styles/index.css';

document.documentElement.dataset['theme'] = preference('theme') ?? 'system';

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <RouterProvider router={router} />
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
);

followLedger(new AbortController().signal).catch(lost);
