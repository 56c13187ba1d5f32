import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { BEATEN, PulseService, type Beaten } from './pulse.service.js';

/** The once-a-second tick of a process, for whoever has work in it. */
@Module({})
export class PulseModule {
  static register(beaten: readonly Beaten[]): DynamicModule {
    return {
      module: PulseModule,
      imports: [ScheduleModule.forRoot()],
      providers: [{ provide: BEATEN, useValue: beaten }, PulseService],
      exports: [PulseService],
    };
  }
}
