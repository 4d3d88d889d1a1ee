// SPDX-License-Identifier: GPL-3.0-or-later
// peer.js FILE.csv FILE.xlsx: the rows of the CSV as a workbook, by the streaming writer of exceljs.
'use strict';

const fs = require ('fs');
const readline = require ('readline');
const ExcelJS = require ('exceljs');

async function main (from, to) {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter ({ filename: to, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet ('Experts');
  const lines = readline.createInterface ({ input: fs.createReadStream (from), crlfDelay: Infinity });

  // One tab-separated line a row: what it measures is the writing of workbooks, not the reading of CSV.
  for await (const line of lines)
    sheet.addRow (line.split ('\t')).commit ();
  sheet.commit ();
  await book.commit ();
}

main (process.argv[2], process.argv[3]);
