import type { Viz } from '@viz-js/viz' with { 'resolution-mode': 'import' };
import { html, type Html } from './html';
import { dataCloudGraph, installationGraph } from './installation-graph';
import { drawMap } from './map';
import type { Report } from './report-model';
import { scrolling } from './time-line-section';

/** A map of each installation, and one of Veeam Data Cloud. */
export function mapSection(report: Report, viz: Viz): Html {
  const { installations, dataCloud } = report.configuration;
  const maps = [
    ...installations.map((installation) => ({
      title: `Installation ${installation.name}`,
      graph: installationGraph(report, installation),
    })),
    ...(dataCloud.length === 0 ? [] : [{ title: 'Veeam Data Cloud', graph: dataCloudGraph(report) }]),
  ];
  if (maps.length === 0) return html``;
  return html`<section id="map" aria-labelledby="map-title">
    <h2 id="map-title">Map</h2>
    <p class="lead">
      What secures what: each certificate stands on the connection that it secures. The
      <a href="#certificates">table</a> says the same in words.
    </p>
    ${maps.map(
      ({ title, graph }) =>
        html`<figure>
          <figcaption><span class="name">${title}</span></figcaption>
          ${scrolling(`Map of ${title}`, drawMap(viz, graph, `Map of ${title}: the table of all certificates says what each serves.`))}
        </figure>`,
    )}
  </section>`;
}
