import '@fontsource-variable/inter/index.css';
import './theme/component-styles.js';
import './theme/tokens.css';
import './theme/global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/queries.js';
import { followOtherTabs, useSession } from './api/session.js';
import { createRouter } from './routes.js';
import { theme, themeVariables } from './theme/theme.js';

const queryClient = createQueryClient();
const router = createRouter();
followOtherTabs();
// Nothing of one person's answers may be left for the next.
useSession.subscribe((now, before) => {
  if (now.tokens === undefined && before.tokens !== undefined) queryClient.clear();
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={themeVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
