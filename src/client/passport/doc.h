/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A document of headings, texts and tables, to be written in several formats. Texts are plain; each writer
 * escapes them in its own way. */
typedef enum
{
  BATON_DOC_HEADING,
  BATON_DOC_TEXT,  /* paragraphs as a person wrote them, lines kept */
  BATON_DOC_FACTS, /* rows of two: what and how */
  BATON_DOC_TABLE, /* rows, the first of them the headers */
} BatonDocKind;

typedef struct
{
  BatonDocKind kind;
  int level; /* of a heading: 1 is the title */
  char *text;
  GPtrArray *rows; /* GStrv, all of the same length */
} BatonDocBlock;

typedef struct
{
  char *title;
  GPtrArray *blocks; /* BatonDocBlock */
} BatonDoc;

BatonDoc *baton_doc_new (const char *title);
void baton_doc_free (BatonDoc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonDoc, baton_doc_free)

void baton_doc_heading (BatonDoc *doc, int level, const char *text);
void baton_doc_text (BatonDoc *doc, const char *text); /* nothing for NULL or blank */
BatonDocBlock *baton_doc_facts (BatonDoc *doc);
BatonDocBlock *baton_doc_table (BatonDoc *doc, const char *first_header, ...) G_GNUC_NULL_TERMINATED;
/* As many texts as headers, two for facts; NULL is an empty cell. */
void baton_doc_row (BatonDocBlock *block, ...) G_GNUC_NULL_TERMINATED;
/* A fact, unless the value is NULL or empty. */
void baton_doc_fact (BatonDocBlock *block, const char *what, const char *how);

char *baton_doc_to_markdown (const BatonDoc *doc);
/* A page that stands alone, with what it needs to be printed. */
char *baton_doc_to_html (const BatonDoc *doc);
/* The same pages as pictures to be printed: recordings of A4 in points. Transfer full, of cairo_surface_t. */
GPtrArray *baton_doc_to_pages (const BatonDoc *doc);
/* A4 pages with page numbers. FALSE with BATON_ERROR_FULL or IO. */
gboolean baton_doc_write_pdf (const BatonDoc *doc, const char *path, GError **error);

G_END_DECLS
