import { Controller, Get, Header, Param } from '@nestjs/common';
import { asyncApi, ASYNCAPI_PATH } from './asyncapi.js';
import { NotFound } from './queries/ledger-queries.js';
import { SCHEMA_TYPE, schemaIndex, type SchemaKind, SCHEMAS, SCHEMAS_PATH } from './schemas.js';

/** The JSON Schema of each event and command, and the description of the live feed, which is made of them. */
@Controller()
export class SchemasController {
  @Get(SCHEMAS_PATH)
  index(): object {
    return schemaIndex();
  }

  @Get(`${SCHEMAS_PATH}/events/:name`)
  @Header('Content-Type', SCHEMA_TYPE)
  event(@Param('name') name: string): object {
    return find('events', name);
  }

  @Get(`${SCHEMAS_PATH}/commands/:name`)
  @Header('Content-Type', SCHEMA_TYPE)
  command(@Param('name') name: string): object {
    return find('commands', name);
  }

  @Get(ASYNCAPI_PATH)
  feed(): object {
    return asyncApi();
  }
}

function find(kind: SchemaKind, name: string): object {
  const schema = SCHEMAS[kind].get(name);
  if (!schema) throw new NotFound(`There is no schema of ${kind} ${name}`);
  return schema;
}
