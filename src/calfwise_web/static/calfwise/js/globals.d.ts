// uPlot's own script is a classic one that leaves a global; its types come from the file vendored beside it.
import Vendored from "../../vendor/uplot/uPlot";

declare global {
  const uPlot: typeof Vendored;
  type Plot = Vendored;
  type PlotAxis = Vendored.Axis;
  type PlotBand = Vendored.Band;
  type PlotColumns = Vendored.AlignedData;
  type PlotOptions = Vendored.Options;
  type PlotScale = Vendored.Scale;
  type PlotSeries = Vendored.Series;
}
