import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { CATEGORIES, plural } from './api/records';
import { NotFoundPage } from './pages/not-found';
import { OverviewPage } from './pages/overview';
import { Failure } from './parts/answer';
import { Shell } from './shell';
import { AXES, parseSearch, readSearch, stringifySearch } from './time/search';

const root = createRootRoute({
  component: Shell,
  validateSearch: readSearch,
  // The point in time and the language go along to every page.
  search: { middlewares: [retainSearchParams([...AXES])] },
  notFoundComponent: NotFoundPage,
});

const relationship = lazyRouteComponent(() => import('./pages/relationship'), 'RelationshipPage');
const network = lazyRouteComponent(() => import('./pages/network'), 'NetworkPage');
const diff = lazyRouteComponent(() => import('./pages/diff'), 'DiffPage');
const streams = lazyRouteComponent(() => import('./pages/operate/streams'), 'StreamsPage');
const stream = lazyRouteComponent(() => import('./pages/operate/streams'), 'StreamPage');
const projections = lazyRouteComponent(() => import('./pages/operate/projections'), 'ProjectionsPage');
const groups = lazyRouteComponent(() => import('./pages/operate/groups'), 'GroupsPage');
const log = lazyRouteComponent(() => import('./pages/operate/log'), 'LogPage');
const record = lazyRouteComponent(() => import('./pages/record'), 'RecordPage');
const search = lazyRouteComponent(() => import('./pages/search'), 'SearchPage');

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage }),
  createRoute({ getParentRoute: () => root, path: '/network', component: network }),
  createRoute({ getParentRoute: () => root, path: '/search', component: search }),
  createRoute({ getParentRoute: () => root, path: '/relationships/$pair', component: relationship }),
  createRoute({ getParentRoute: () => root, path: '/relationships/$pair/diff', component: diff }),
  createRoute({ getParentRoute: () => root, path: '/operate/streams', component: streams }),
  createRoute({ getParentRoute: () => root, path: '/operate/streams/$stream', component: stream }),
  createRoute({ getParentRoute: () => root, path: '/operate/projections', component: projections }),
  createRoute({ getParentRoute: () => root, path: '/operate/groups', component: groups }),
  createRoute({ getParentRoute: () => root, path: '/operate/log', component: log }),
  ...CATEGORIES.map((category) =>
    createRoute({ getParentRoute: () => root, path: `/${plural(category)}/$id`, component: record }),
  ),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: Failure,
  defaultPreload: 'intent',
  scrollRestoration: true,
});
