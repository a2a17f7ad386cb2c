import '@fontsource-variable/noto-sans-sc'
import '@fontsource-variable/source-sans-3'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { queryClient } from './api/queries'
import './base.css'
import { startI18n } from './i18n'
import { createRouter } from './routes'
import { light, properties } from './theme'

for (const [name, value] of Object.entries(properties(light)))
  document.documentElement.style.setProperty(name, value)
await startI18n()

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={createRouter()} />
    </QueryClientProvider>
  </StrictMode>,
)
