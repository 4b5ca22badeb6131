// What of ECharts the pages use; scripts/vendor_browser_files.py bundles it. Global name: echarts.
import * as core from "echarts/core.js";
import { BarChart, HeatmapChart, LineChart, MapChart } from "echarts/charts.js";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapPiecewiseComponent,
} from "echarts/components.js";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers.js";
import chinese from "echarts/i18n/langZH-obj.js";

core.use([
  BarChart, HeatmapChart, LineChart, MapChart,
  AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent,
  VisualMapPiecewiseComponent,
  CanvasRenderer, SVGRenderer,
]);
core.registerLocale("ZH", chinese);

export const init = core.init;
export const registerMap = core.registerMap;
export const getInstanceByDom = core.getInstanceByDom;
export const version = core.version;
