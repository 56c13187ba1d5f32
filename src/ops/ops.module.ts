import { Module, type DynamicModule } from '@nestjs/common';
import { Health } from './health.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

@Module({})
export class OpsModule {
  static register(parts: { readonly health: Health; readonly metrics: Metrics }): DynamicModule {
    const providers = [
      { provide: Health, useValue: parts.health },
      { provide: Metrics, useValue: parts.metrics },
    ];
    return {
      module: OpsModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers,
      exports: providers,
    };
  }
}
