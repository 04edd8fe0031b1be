"""Hand-outs for offices: what a reader of the report opens, edits and prints."""

from journeymine.exports.formats import Format, of_report
from journeymine.exports.office.csv_grid import write_csv_grid
from journeymine.exports.office.printed import write_pdf, write_png
from journeymine.exports.office.slides import write_slides
from journeymine.exports.office.workbook import write_workbook

OFFICE = {
    "xlsx": Format("workbook: summary, funnel, map", of_report(write_workbook)),
    "pptx": Format("eight slides, charts and tables", of_report(write_slides)),
    "csv": Format("the journey map as a grid", of_report(write_csv_grid)),
    "pdf": Format("the report, printed", write_pdf),
    "png": Format("the journey map as a picture", write_png),
}
